let known: readonly bigint[] = [];

/** The first tangent numbers: 1, 2, 16, 272, … A longer list once computed is kept; `count` is at least 1. */
export function tangentNumbers(count: number): readonly bigint[] {
  if (known.length < count) known = compute(count);
  return known.slice(0, count);
}

/** Builds the numbers in place, row by row of the triangle of derivatives of the tangent. */
function compute(count: number): bigint[] {
  const numbers = [1n];
  for (let k = 1; k < count; k += 1) numbers.push((numbers[k - 1] ?? 1n) * BigInt(k));
  for (let k = 1; k < count; k += 1) {
    for (let j = k; j < count; j += 1) {
      const before = numbers[j - 1] ?? 0n;
      numbers[j] = BigInt(j - k) * before + BigInt(j - k + 2) * (numbers[j] ?? 0n);
    }
  }
  return numbers;
}
