/** A new photo of a household. */
import { rpc } from '../../../host';
import { announce } from '../../../shared/announce.svelte';
import { t } from '../../../shared/words.svelte';
import type { OpenHousehold } from '../openhousehold.svelte';
import { source } from './source';

/** Adds a photo; `answer` is the path of the answer that it is. Throws a `Fault`. */
export async function addPhoto(
  open: OpenHousehold,
  file: File,
  kind: string,
  answer?: string,
): Promise<void> {
  const image = await source(file);
  const { id: household, heads } = open.page;
  const answered = answer === undefined ? {} : { answer };
  open.take(await rpc('photo.add', { household, heads, kind, image, ...answered }));
  announce(t('photo_added'));
}
