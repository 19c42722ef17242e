/** How each kind of field is typed and shown: pairs of reading and showing for `EntryField`. */
import type { Scalar } from '../host/wire';
import { grouped, shownDate } from './format';
import { today } from './moments';
import {
  parseCitizenId,
  parseDate,
  parseDong,
  parseFigure,
  parseInteger,
  parsePeriod,
  parsePhone,
  parseText,
  type Parsed,
} from './parse';

/** Reading and showing of one kind. */
export type Kind = { read: (typed: string) => Parsed; show: (value: Scalar) => string };

const asText = (value: Scalar): string => (value === null ? '' : String(value));
const asNumber = (value: Scalar): string => (typeof value === 'number' ? grouped(value) : asText(value));

/** Longest name of a person, in characters; as the core has it. */
export const NAME_MAX = 120;
/** Longest address. */
export const ADDRESS_MAX = 300;
/** Longest free text. */
export const TEXT_MAX = 2000;
/** Longest code or number of a paper. */
export const CODE_MAX = 64;

/** Longest telephone number. */
export const PHONE_MAX = 20;

/** A line of text. */
export const text = (max: number): Kind => ({ read: (typed) => parseText(typed, max), show: asText });
/** A whole number in a range. */
export const integer = (min: number, max: number): Kind => ({
  read: (typed) => parseInteger(typed, min, max),
  show: asNumber,
});
/** Đồng. */
export const dong: Kind = { read: parseDong, show: asNumber };
/** A date up to today, possibly without day or month. */
export const date: Kind = {
  read: (typed) => parseDate(typed, today()),
  show: (value) => shownDate(asText(value)),
};
/** A citizen id. */
export const citizenId: Kind = { read: parseCitizenId, show: asText };
/** A telephone number. */
export const phone: Kind = { read: (typed) => parsePhone(typed, PHONE_MAX), show: asText };
/** A year or a quarter. */
export const period: Kind = { read: parsePeriod, show: asText };
/** A whole number or a decimal, shown with a comma. */
export const figure: Kind = {
  read: parseFigure,
  show: (value) => (typeof value === 'string' ? value.replace('.', ',') : asNumber(value)),
};
