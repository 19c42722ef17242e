/** A point as one value: `<latitude>,<longitude>[,<accuracy>]`, stored degrees and metres, as the core has it. */
import type { Scalar } from '../../../host/wire';
import { shownDegrees } from '../../../shared/degrees';
import { grouped } from '../../../shared/format';
import { t } from '../../../shared/words.svelte';

/** The parts of a point; a part that is not told is null. */
export type PointParts = { lat: Scalar; lng: Scalar; accuracy: Scalar };

const part = (text: string | undefined): Scalar => (text === undefined || text === '' ? null : Number(text));

/** The parts of a point as it is stored, or of half of one. */
export function pointParts(text: string): PointParts {
  const [lat, lng, accuracy] = text.split(',');
  return { lat: part(lat), lng: part(lng), accuracy: part(accuracy) };
}

/** A point, or half of one, as one text. */
export function pointText({ lat, lng, accuracy }: PointParts): string {
  const both = `${lat ?? ''},${lng ?? ''}`;
  return accuracy === null ? both : `${both},${accuracy}`;
}

/** A point in words. */
export function pointWords(text: string): string {
  const { lat, lng, accuracy } = pointParts(text);
  const point = { lat: shownDegrees(lat), lng: shownDegrees(lng) };
  return accuracy === null
    ? t('question_point', point)
    : t('question_point_within', { ...point, metres: grouped(Number(accuracy)) });
}
