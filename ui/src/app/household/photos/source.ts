/** A picture as the device takes it: small enough for one call. The core makes it smaller still and checks all of it. */
import { Fault } from '../../../host';

/** Bytes of a file; as the core has it. */
const FILE_MAX = 20 * 1024 * 1024;
/** Points of the longer side: above what the core keeps, so that it is the one that decides. */
const SIDE_MAX = 1_600;
/** Tried until the picture fits one call. */
const QUALITIES = [0.82, 0.6, 0.4, 0.2];
/** Letters of a call's picture: a device takes a mebibyte a call. */
const LETTERS_MAX = 960 * 1024;

/** The file as a JPEG in base64. Throws a `Fault` for what is no picture. */
export async function source(file: File): Promise<string> {
  if (file.size > FILE_MAX) throw new Fault('image_too_large', 'refused', { limit: String(FILE_MAX) });
  // turned as it was held
  const picture = await createImageBitmap(file).catch(() => {
    throw new Fault('not_an_image');
  });
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const letters = canvas.toDataURL('image/jpeg', quality).split(',')[1] ?? '';
    if (letters.length <= LETTERS_MAX) return letters;
  }
  throw new Fault('image_too_large', 'refused', { limit: String(FILE_MAX) });
}
