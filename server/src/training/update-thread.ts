import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { delay } from "../domain/delay.ts";
import { builtInCatalogue } from "../services/recommendation/domain/built-in-catalogue.ts";
import { createSampleReaders } from "../services/recommendation/domain/sample-readers.ts";
import { arraysOfModel } from "./arrays-of-model.ts";
import { keepUpToDate } from "./keep-up-to-date.ts";
import { readModelFile } from "./model-file.ts";
import type { UpdateOrder } from "./update-messages.ts";

/*
 * The thread that keeps one model up to date: run-updates.ts starts it with the order as its data and ends it.
 */

// What run-updates.ts gives every thread that it starts.
const order = workerData as UpdateOrder;

// As in training-thread.ts.
if (process.platform === "linux" && order.library !== undefined) setPriority(0, constants.priority.PRIORITY_LOW);

const never = new AbortController().signal;
let toLook = Promise.withResolvers<void>();
parentPort?.on("message", () => toLook.resolve());

await keepUpToDate(order, {
  builtIn: builtInCatalogue.books,
  createSampleReaders,
  readStored: readModelFile,
  tell: (message) => parentPort?.postMessage(message, arraysOfModel(message.model)),
  toLook: async () => {
    await toLook.promise;
    toLook = Promise.withResolvers();
  },
  rest: (milliseconds) => delay(milliseconds, never),
  uptime: () => performance.now(),
});
