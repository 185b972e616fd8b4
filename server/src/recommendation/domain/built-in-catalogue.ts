import { bookRows } from "./books.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { categoryNames } from "./categories.ts";

/** The catalogue of well-known books that comes with the server. */
export const builtInCatalogue: Catalogue = createCatalogue(bookRows, categoryNames);
