// Indices stay inside the arrays by construction, so what is read is cast, not checked: these loops are most of the training,
// and a `?? 0` in them costs time.

/**
 * Solves `A x = b` for a symmetric positive definite matrix, in place: `matrix` holds the lower triangle of `A` by rows (row `i`
 * has `i + 1` numbers) and is overwritten by its Cholesky factor, `vector` holds `b` and then `x`. Uses only + − × ÷ and √, always
 * in the same order, so the same input gives the same bytes. Where the matrix is not positive definite, no number of `x` is
 * finite.
 */
export function solveCholesky(matrix: Float64Array, vector: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) factorizeRow(matrix, row);
  for (let row = 0, start = 0; row < size; start += ++row) {
    let sum = vector[row] as number;
    for (let column = 0; column < row; column++) sum -= (matrix[start + column] as number) * (vector[column] as number);
    vector[row] = sum / (matrix[start + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    const start = startOf(row);
    const value = (vector[row] as number) / (matrix[start + row] as number);
    vector[row] = value;
    for (let column = 0; column < row; column++) {
      vector[column] = (vector[column] as number) - (matrix[start + column] as number) * value;
    }
  }
}

function factorizeRow(matrix: Float64Array, row: number): void {
  const start = startOf(row);
  let column = 0;
  for (; column + 3 < row; column += 4) factorizeFour(matrix, start, column);
  for (; column <= row; column++) {
    const other = startOf(column);
    let sum = matrix[start + column] as number;
    for (let k = 0; k < column; k++) sum -= (matrix[start + k] as number) * (matrix[other + k] as number);
    matrix[start + column] = column === row ? Math.sqrt(sum) : sum / (matrix[other + column] as number);
  }
}

/**
 * Four columns of a row at once: their sums do not wait for each other, which takes two thirds of the time of one after another.
 * Each is added up in the order of the plain loop, to the same bytes.
 */
function factorizeFour(matrix: Float64Array, start: number, column: number): void {
  const first = startOf(column);
  const second = startOf(column + 1);
  const third = startOf(column + 2);
  const fourth = startOf(column + 3);
  let a = matrix[start + column] as number;
  let b = matrix[start + column + 1] as number;
  let c = matrix[start + column + 2] as number;
  let d = matrix[start + column + 3] as number;
  for (let k = 0; k < column; k++) {
    const factor = matrix[start + k] as number;
    a -= factor * (matrix[first + k] as number);
    b -= factor * (matrix[second + k] as number);
    c -= factor * (matrix[third + k] as number);
    d -= factor * (matrix[fourth + k] as number);
  }
  const at = (row: number, offset: number) => matrix[row + column + offset] as number;
  a /= at(first, 0);
  b = (b - a * at(second, 0)) / at(second, 1);
  c = (c - a * at(third, 0) - b * at(third, 1)) / at(third, 2);
  d = (d - a * at(fourth, 0) - b * at(fourth, 1) - c * at(fourth, 2)) / at(fourth, 3);
  matrix[start + column] = a;
  matrix[start + column + 1] = b;
  matrix[start + column + 2] = c;
  matrix[start + column + 3] = d;
}

function startOf(row: number): number {
  return (row * (row + 1)) / 2;
}
