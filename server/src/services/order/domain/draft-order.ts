import { countCharacters } from "../../../domain/count-characters.ts";
import { NotFound } from "../../../domain/errors.ts";
import { quoted } from "../../../domain/quoted.ts";
import { textProblem } from "../../../domain/text-problem.ts";
import { createViolations, outsideRange, type Violations } from "../../../domain/violations.ts";
import type { OrderDraft, OrderItem } from "./order.ts";
import { normalizePhone, phoneProblem } from "./phone.ts";

const MAX_ITEMS = 100;
const MAX_QUANTITY = 100;
const MAX_ATTRIBUTES = 50;
const MAX_KEY = 100;
const MAX_VALUE = 1000;
const MAX_READER = 2_147_483_647;

/** What a client sends to order books, unchecked. */
export interface OrderRequest {
  readonly items: readonly RequestedItem[];
  readonly phone: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly idempotencyKey: string;
  /** The reader who orders; 0 for none. */
  readonly userId: number;
}

/** A book that a client asks for, unchecked; quantity 0 means 1. */
export interface RequestedItem {
  readonly bookId: number;
  readonly quantity: number;
}

/** The title of a book, undefined when the catalogue has no such book. */
export type TitleOf = (bookId: number) => string | undefined;

/**
 * Checks a request and completes it. InvalidInput names every field that breaks a rule (the first ten of them);
 * NotFound, only where no rule is broken, names the first book that the catalogue does not have.
 */
export function draftOrder(request: OrderRequest, titleOf: TitleOf): OrderDraft {
  const violations = createViolations();
  checkItems(request.items, violations);
  const phone = normalizePhone(request.phone);
  violations.addIf("phone", phoneProblem(phone));
  checkAttributes(request.attributes, violations);
  checkIdempotencyKey(request.idempotencyKey, violations);
  violations.addAll(outsideRange("user_id", request.userId, 0, MAX_READER));
  violations.throwIfAny();
  return {
    items: request.items.map((item) => completeItem(item, titleOf)),
    phone,
    attributes: { ...request.attributes },
    price: "",
    idempotencyKey: request.idempotencyKey === "" ? undefined : request.idempotencyKey,
    readerId: request.userId === 0 ? undefined : request.userId,
  };
}

function completeItem({ bookId, quantity }: RequestedItem, titleOf: TitleOf): OrderItem {
  const title = titleOf(bookId);
  if (title === undefined) throw new NotFound(`there is no book ${bookId}`);
  return { bookId, quantity: quantity === 0 ? 1 : quantity, title };
}

function checkItems(items: readonly RequestedItem[], violations: Violations): void {
  if (items.length < 1 || items.length > MAX_ITEMS) {
    violations.add("items", `must be 1 to ${MAX_ITEMS} books: got ${items.length}`);
    return;
  }
  const firstIndexOf = new Map<number, number>();
  for (const [index, { bookId, quantity }] of items.entries()) {
    const first = firstIndexOf.get(bookId);
    if (first === undefined) firstIndexOf.set(bookId, index);
    else violations.add(`items[${index}].book_id`, `must differ from items[${first}].book_id: got ${bookId} again`);
    if (!Number.isInteger(quantity) || quantity < 0 || quantity > MAX_QUANTITY) {
      violations.add(`items[${index}].quantity`, `must be 1 to ${MAX_QUANTITY}, or 0 for 1: got ${quantity}`);
    }
  }
}

function checkAttributes(attributes: Readonly<Record<string, string>>, violations: Violations): void {
  const entries = Object.entries(attributes);
  if (entries.length > MAX_ATTRIBUTES) {
    violations.add("attributes", `must be at most ${MAX_ATTRIBUTES} entries: got ${entries.length}`);
    return;
  }
  for (const [key, value] of entries) {
    const field = `attributes[${quoted(key)}]`;
    const keyLength = countCharacters(key);
    if (keyLength < 1 || keyLength > MAX_KEY) {
      violations.add(field, `must have a key of 1 to ${MAX_KEY} characters: got ${keyLength}`);
    }
    const valueLength = countCharacters(value);
    if (valueLength > MAX_VALUE) violations.add(field, `must be at most ${MAX_VALUE} characters: got ${valueLength}`);
    violations.addIf(field, keyProblem(key) ?? textProblem(value, "lines"));
  }
}

function checkIdempotencyKey(key: string, violations: Violations): void {
  const length = countCharacters(key);
  if (length > MAX_KEY) {
    violations.add("idempotency_key", `must be at most ${MAX_KEY} characters: got ${length}`);
  } else violations.addIf("idempotency_key", textProblem(key, "line"));
}

function keyProblem(key: string): string | undefined {
  const problem = textProblem(key, "line");
  return problem && `key ${problem}`;
}
