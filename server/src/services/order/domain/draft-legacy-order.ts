import { countCharacters } from "../../../domain/count-characters.ts";
import { quoted } from "../../../domain/quoted.ts";
import { textProblem } from "../../../domain/text-problem.ts";
import { createViolations } from "../../../domain/violations.ts";
import type { OrderDraft } from "./order.ts";

const MAX_TEXT = 1000;
const MAX_ENTRIES = 100;
const MAX_CHARACTERS = 50_000;

/** What a client of the legacy contract sends: it names no books, and nothing in it has a form. */
export interface LegacyOrderRequest {
  readonly phone: string;
  readonly price: string;
  readonly requestArg: Readonly<Record<string, string>>;
}

/**
 * Takes whatever a legacy client sends, as it is, as long as it can be kept and shown: InvalidInput when phone or price has more
 * than 1,000 characters, or request_arg more than 100 entries or 50,000 characters, keys and values together, or when a text has
 * characters that `textProblem` refuses.
 */
export function draftLegacyOrder({ phone, price, requestArg }: LegacyOrderRequest): OrderDraft {
  const violations = createViolations();
  for (const [field, text] of Object.entries({ phone, price })) {
    const length = countCharacters(text);
    if (length > MAX_TEXT) violations.add(field, `must be at most ${MAX_TEXT} characters: got ${length}`);
    violations.addIf(field, textProblem(text, "lines"));
  }
  const entries = Object.entries(requestArg);
  if (entries.length > MAX_ENTRIES) {
    violations.add("request_arg", `must be at most ${MAX_ENTRIES} entries: got ${entries.length}`);
  }
  const characters = entries.flat().reduce((sum, text) => sum + countCharacters(text), 0);
  if (characters > MAX_CHARACTERS) {
    violations.add("request_arg", `must be at most ${MAX_CHARACTERS} characters in all: got ${characters}`);
  }
  for (const [key, value] of entries) {
    violations.addIf(`request_arg[${quoted(key)}]`, textProblem(key, "lines") ?? textProblem(value, "lines"));
  }
  violations.throwIfAny();
  return { items: [], phone, price, attributes: { ...requestArg }, idempotencyKey: undefined };
}
