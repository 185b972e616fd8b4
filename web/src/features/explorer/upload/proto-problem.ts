/** Something in uploaded files that cannot be used; the message names the file, and the line where that is known. */
export class ProtoProblem extends Error {
  override name = "ProtoProblem";

  constructor(file: string, line: number | undefined, text: string) {
    super(`${file}${line === undefined ? "" : `, line ${line}`}: ${text}`);
  }
}
