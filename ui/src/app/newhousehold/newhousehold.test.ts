import { describe, expect, it } from 'vitest';
import { NewHousehold } from './newhousehold.svelte';

describe('a new household', () => {
  it('is in the only village there is', () => {
    expect(new NewHousehold(['v1']).village).toBe('v1');
    expect(new NewHousehold(['v1', 'v2']).village).toBe('');
  });

  it('needs a village and the head’s name', () => {
    const form = new NewHousehold(['v1', 'v2']);
    expect(form.isReady).toBe(false);
    form.members[0]?.sheet.enter('name', { value: 'Đỗ Văn Hoà' });
    expect(form.isReady).toBe(false);
    form.village = 'v2';
    expect(form.isReady).toBe(true);
  });

  it('sends the head first and leaves empty cards out', () => {
    const form = new NewHousehold(['v1']);
    form.addMember();
    form.addMember();
    form.members[0]?.sheet.enter('name', { value: 'Đỗ Văn Hoà' });
    form.members[2]?.sheet.enter('name', { value: 'Lê Thị Thơm' });
    form.place.enter('address', { value: 'Số 1' });
    expect(form.isReady).toBe(true);
    expect(form.params).toEqual({
      village: 'v1',
      place: { address: 'Số 1' },
      members: [{ name: 'Đỗ Văn Hoà', relation: 'head', head: true }, { name: 'Lê Thị Thơm' }],
    });
  });

  it('waits for a member of whom something but no name is told', () => {
    const form = new NewHousehold(['v1']);
    form.members[0]?.sheet.enter('name', { value: 'Đỗ Văn Hoà' });
    form.addMember();
    const card = form.members[1];
    card?.sheet.enter('born', { value: '1980' });
    expect(form.isReady).toBe(false);
    if (card) form.removeMember(card.key);
    expect(form.isReady).toBe(true);
  });
});
