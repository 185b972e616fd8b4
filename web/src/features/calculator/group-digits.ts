/**
 * Cuts a number in decimal notation into the groups in which people read it: three digits each, counted from the
 * decimal point. The sign, the point and the exponent stay with their neighbours; four digits on either side of the
 * point stay together. Joined, the groups are the number again.
 */
export function groupDigits(value: string): readonly string[] {
  const [, sign = "", whole = "", fraction = "", exponent = ""] = /^(-?)(\d+)(\.\d+)?(.*)$/u.exec(value) ?? [];
  if (whole === "") return [value];
  const before = groupsOf(whole, whole.length <= 4 ? 4 : whole.length % 3 || 3);
  // The point and the first digits after it follow without a gap.
  const after = fraction === "" ? [""] : groupsOf(fraction, fraction.length <= 5 ? 5 : 4);
  const groups = [...before.slice(0, -1), `${before.at(-1)}${after[0]}`, ...after.slice(1)];
  return groups.map((group, at) => `${at === 0 ? sign : ""}${group}${at === groups.length - 1 ? exponent : ""}`);
}

/** Three digits each, but `first` in the first group. */
function groupsOf(digits: string, first: number): string[] {
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return groups;
}
