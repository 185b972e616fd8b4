const SUBJECT = /^[^\p{C}]{1,255}$/u;

/** Whether it is a subject that can be kept and shown: a text of 1 to 255 characters, none of which is a control. */
export function isSubject(value: unknown): value is string {
  return typeof value === "string" && SUBJECT.test(value);
}
