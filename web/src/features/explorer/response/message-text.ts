import { type DescMessage, type DescMethod, type Registry, toJson } from "@bufbuild/protobuf";
import type { LogEntry } from "../call/call-log.ts";

/** What the messages of a call are written with. */
export interface MessageTypes {
  readonly method: DescMethod;
  readonly types: Registry;
}

/** What a message says, as indented JSON; of one that is received with the fields that hold their zero value, which the wire leaves out. */
export function messageText({ direction, message }: LogEntry, { method, types }: MessageTypes): string {
  const desc: DescMessage = direction === "sent" ? method.input : method.output;
  try {
    return JSON.stringify(
      toJson(desc, message, { registry: types, alwaysEmitImplicit: direction === "received" }),
      null,
      2,
    );
  } catch (error) {
    // An Any of a type that nobody told of has no JSON.
    return `This ${desc.name} cannot be written as JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
