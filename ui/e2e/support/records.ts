/** Records as another officer's device makes them, in JSON lines. */
import type { Officer } from './town';

type Page = { heads: string[]; review: string; completeness: { asked: string[] } };

/** Answers of a household that lacks nothing, by question of either rulebook; `#` ticks one of several. */
const ANSWERS: Record<string, string | number | boolean> = {
  nha_loai: 'kien_co',
  dien_tich: 60,
  nuoc: 'may',
  nha_tieu: 'tu_hoai',
  vien_thong: true,
  tai_san_tt: '#tivi',
  nghe_loa: true,
  bhyt: true,
  om_nang: false,
  kha_nang_lao_dong: false,
  tcxh_thang: true,
  cot_ben_chac: true,
  mai_ben_chac: true,
  tuong_ben_chac: true,
  internet: true,
  phuong_tien_tt: '#tivi',
};

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
  const path = (key: string): string => `reviews/${page.review}/answers/${key}`;
  const edits = page.completeness.asked.flatMap((key) => {
    const [question = '', member] = key.split('/');
    const answer = ANSWERS[question];
    if (answer === undefined) return [];
    const ticked = typeof answer === 'string' && answer.startsWith('#');
    const field = path(ticked ? question + answer : [question, member].filter(Boolean).join('/'));
    return [{ field, value: ticked ? true : answer }];
  });
  edits.push({ field: `reviews/${page.review}/b1_entered`, value: total });
  await officer.call('household.save', { id, heads: page.heads, edits, visit: true });
  await officer.call('procedure.take', { households: [id], step: 'surveyed' });
  return id;
}
