import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import type { HarnessSettings } from "../harness.ts";
import type { Load } from "./load.ts";
import { ownHttp1Load } from "./own-http1-load.ts";
import { wrk } from "./wrk.ts";

/** The load over HTTP/1.1 that is to be had: wrk, which takes whole seconds, else our own, which the caller may also insist on. */
export function http1Load({ ownLoads, smoke }: HarnessSettings): Load {
  return ownLoads || smoke || findProgram("wrk") === undefined ? ownHttp1Load : wrk;
}
