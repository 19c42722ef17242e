/** The ethnicities of Vietnam by the list of 1979 (QĐ 121-TCTK/PPCĐ): proper names, the same in both languages. */

/** How a code of this list is stored: `tctk1979:06`. */
export const ETHNICITY_PREFIX = 'tctk1979:';

const NAMES = [
  'Kinh',
  'Tày',
  'Thái',
  'Hoa',
  'Khơ-me',
  'Mường',
  'Nùng',
  'HMông',
  'Dao',
  'Gia-rai',
  'Ngái',
  'Ê-đê',
  'Ba-na',
  'Xơ-đăng',
  'Sán Chay',
  'Cơ-ho',
  'Chăm',
  'Sán Dìu',
  'Hrê',
  'Mnông',
  'Ra-glai',
  'Xtiêng',
  'Bru-Vân Kiều',
  'Thổ',
  'Giáy',
  'Cơ-tu',
  'Gié-Triêng',
  'Mạ',
  'Khơ-mú',
  'Co',
  'Ta-ôi',
  'Chơ-ro',
  'Kháng',
  'Xinh-mun',
  'Hà Nhì',
  'Chu-ru',
  'Lào',
  'La Chí',
  'La Ha',
  'Phù Lá',
  'La Hủ',
  'Lự',
  'Lô Lô',
  'Chứt',
  'Mảng',
  'Pà Thẻn',
  'Cơ Lao',
  'Cống',
  'Bố Y',
  'Si La',
  'Pu Péo',
  'Brâu',
  'Ơ-đu',
  'Rơ-măm',
];

/** Stored code and name, in the order of the list. */
export const ETHNICITIES = NAMES.map((label, at) => ({
  value: `${ETHNICITY_PREFIX}${String(at + 1).padStart(2, '0')}`,
  label,
}));

/** The name for a stored code; an unknown code stands for itself. */
export function ethnicityName(code: string): string {
  return ETHNICITIES.find((each) => each.value === code)?.label ?? code;
}
