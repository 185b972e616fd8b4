import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));
/** Where what is built or recorded is kept. */
export const cache = fileURLToPath(new URL("../node_modules/.cache/triptych/bench/", import.meta.url));
