import { cp } from "node:fs/promises";
import { join } from "node:path";
import { appIn } from "../servers/app.ts";
import type { ServerSpec } from "../servers/server-spec.ts";
import { importData, trainedData, whyNotImported } from "./import-data.ts";

const dataOf = (place: string) => join(place, "data");

/** The real server with an imported catalogue and the model that it has trained before. */
export const importedApp: ServerSpec = {
  ...appIn("app", dataOf),
  whyNot: whyNotImported,
  async launch(place, purpose) {
    await cp(await trainedData(purpose), dataOf(place), { recursive: true });
    return appIn("app", dataOf).launch(place, purpose);
  },
};

/** The real server with an imported catalogue, whose model it has yet to train. */
export const untrainedApp: ServerSpec = {
  ...appIn("app", dataOf),
  whyNot: whyNotImported,
  async launch(place, purpose) {
    await importData(dataOf(place), purpose);
    return appIn("app", dataOf).launch(place, purpose);
  },
};
