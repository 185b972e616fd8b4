const longestPhone = 40;

/** A phone number with every letter and digit but the last two digits hidden: `+49 170 12` becomes `+•• ••• 12`. */
export function maskedPhone(phone: string): string {
  const shown = phone.length > longestPhone ? phone.slice(-longestPhone) : phone;
  const characters = [...shown];
  const digits = characters.flatMap((character, index) => (/\d/.test(character) ? [index] : []));
  const kept = new Set(digits.slice(-2));
  return characters.map((character, index) => (kept.has(index) ? character : hidden(character))).join("");
}

function hidden(character: string): string {
  return /[\p{L}\p{M}\p{N}\p{S}]/u.test(character) && character !== "+" ? "•" : character;
}
