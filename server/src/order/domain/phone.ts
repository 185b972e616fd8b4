const shape = /^\+?\(?\d[\d ./()-]*$/;

/** What `isPhone` takes, in words. */
export const phoneRule =
  "must be 3 to 15 digits, with an optional leading + and spaces, dots, dashes, slashes or parentheses between them, " +
  "at most 60 characters in all";

/** Whether a text can be a phone number to call back. It checks the form only: no country's numbering plan. */
export function isPhone(text: string): boolean {
  if (text.length > 60 || !shape.test(text) || !/[\d)]$/.test(text)) return false;
  const digits = text.replace(/\D/g, "").length;
  return digits >= 3 && digits <= 15;
}
