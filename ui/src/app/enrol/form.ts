/** What is wrong with an enrolment form before anyone is asked. */

/** The form as typed. */
export type EnrolForm = { server: string; code: string; device: string; pin: string; pinAgain: string };

/** Fewest digits of a PIN. */
export const PIN_DIGITS_MIN = 6;

/** Codes of the catalogue by field; empty when the form can be sent. */
export function faultsOf(form: EnrolForm): Partial<Record<keyof EnrolForm, string>> {
  const faults: Partial<Record<keyof EnrolForm, string>> = {};
  if (!/^https?:\/\/\S+$/i.test(form.server.trim())) faults.server = 'invalid_server';
  if (form.code.trim() === '') faults.code = 'empty';
  if (form.device.trim() === '') faults.device = 'empty';
  if (!new RegExp(`^\\d{${PIN_DIGITS_MIN},}$`).test(form.pin)) faults.pin = 'weak_pin';
  if (form.pinAgain !== form.pin) faults.pinAgain = 'pin_differs';
  return faults;
}
