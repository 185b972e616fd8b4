import { type Basket, emptyBasket, withQuantity } from "./basket.ts";

const longestKey = 100;
const longestTitle = 500;

/** The basket that a stored text says; whatever in it makes no sense is left out. Never throws. */
export function parseBasket(text: string | null): Basket {
  const stored = parseRecord(text);
  const items: readonly unknown[] = Array.isArray(stored?.items) ? stored.items : [];
  const basket = items.reduce<Basket>(addItem, emptyBasket);
  const key = stored?.orderKey;
  return typeof key === "string" && key !== "" && key.length <= longestKey ? { ...basket, orderKey: key } : basket;
}

function addItem(basket: Basket, item: unknown): Basket {
  if (!isRecord(item)) return basket;
  const { bookId, title, quantity } = item;
  if (typeof bookId !== "number" || !Number.isSafeInteger(bookId) || bookId < 1) return basket;
  if (typeof title !== "string" || typeof quantity !== "number" || !Number.isFinite(quantity)) return basket;
  return withQuantity(basket, { bookId, title: title.slice(0, longestTitle) }, quantity);
}

function parseRecord(text: string | null): Readonly<Record<string, unknown>> | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
