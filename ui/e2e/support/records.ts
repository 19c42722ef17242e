/** Records as another officer's device makes them, in JSON lines. */
import type { Officer } from './town';

type Page = { id: string; heads: string[]; review: string; household: { head: string } };

/** A household of one grown-up in the officer's first village, surveyed to the end and handed in; its id. */
export async function submitted(officer: Officer, name: string, total: number): Promise<string> {
  const id = await surveyed(officer, name, total);
  await officer.call('procedure.take', { households: [id], step: 'submitted' });
  return id;
}

/** The same, not handed in yet. */
export async function surveyed(officer: Officer, name: string, total: number): Promise<string> {
  const { user } = await officer.call<{ user: { scopes: string[] } }>('config.get');
  const { units } = await officer.call<{ units: { id: string; kind: string }[] }>('config.get');
  const village = units.find((unit) => unit.kind === 'village' && user.scopes.includes(unit.id))?.id;
  const member = { name, born: '1980', sex: 'male', relation: 'head', head: true };
  const form = { village, place: { address: `Số ${total}, ngõ 3` }, members: [member] };
  const { id } = await officer.call<{ id: string }>('household.create', form);
  const page = await officer.call<Page>('household.open', { id });
  const answers: Record<string, unknown> = {
    nha_loai: 'kien_co',
    dien_tich: 60,
    nuoc: 'may',
    nha_tieu: 'tu_hoai',
    vien_thong: true,
    'tai_san_tt#tivi': true,
    nghe_loa: true,
    [`bhyt/${page.household.head}`]: true,
    [`om_nang/${page.household.head}`]: false,
  };
  const edits = Object.entries(answers).map(([key, value]) => ({
    field: `reviews/${page.review}/answers/${key}`,
    value,
  }));
  edits.push({ field: `reviews/${page.review}/b1_entered`, value: total });
  await officer.call('household.save', { id, heads: page.heads, edits, visit: true });
  await officer.call('procedure.take', { households: [id], step: 'surveyed' });
  return id;
}
