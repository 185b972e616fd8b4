import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { builtInCatalogue } from "../services/recommendation/domain/built-in-catalogue.ts";
import { createSampleReaders } from "../services/recommendation/domain/sample-readers.ts";
import { arraysOfModel } from "./arrays-of-model.ts";
import { writeModelFile } from "./model-file.ts";
import { trainAndEvaluate } from "./train-and-evaluate.ts";
import type { TrainingOrder } from "./training-messages.ts";

/*
 * The thread of one training: run-training.ts starts it with the order as its data, and it ends when it has told all.
 */

// What run-training.ts gives every thread that it starts.
const order = workerData as TrainingOrder;

// On Linux a priority is that of a thread: calls come first where training would take their core. Elsewhere it is that of the process.
// The built-in books are learned in a moment, for which the first visitor of a busy machine should not wait long.
if (process.platform === "linux" && order.library !== undefined) setPriority(0, constants.priority.PRIORITY_LOW);

trainAndEvaluate(order, {
  builtIn: builtInCatalogue.books,
  createSampleReaders,
  tell: (message) =>
    parentPort?.postMessage(message, message.kind === "model" ? arraysOfModel(message.model.model) : []),
  store: (bytes) => writeModelFile(order.dataDir, bytes),
  now: () => new Date(),
  uptime: () => performance.now(),
});
