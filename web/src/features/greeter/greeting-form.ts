/** Whom to greet, and how: what a person fills in once for every way to greet. */
export interface GreetingForm {
  /** The name, as typed. */
  readonly name: string;
  /** The BCP 47 tag of the language; empty leaves it to the browser's `accept-language`. */
  readonly language: string;
}

/** A form that nobody has filled in. */
export const blankForm: GreetingForm = { name: "", language: "" };

/** Reads a form from JSON; anything that is none gives the blank one. */
export function parseGreetingForm(json: string | null): GreetingForm {
  try {
    const value: unknown = JSON.parse(json ?? "");
    return isGreetingForm(value) ? { name: value.name, language: value.language } : blankForm;
  } catch {
    return blankForm;
  }
}

function isGreetingForm(value: unknown): value is GreetingForm {
  if (typeof value !== "object" || value === null || !("name" in value) || !("language" in value)) return false;
  return typeof value.name === "string" && typeof value.language === "string";
}
