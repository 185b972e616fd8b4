import { findProgram } from "../find-program.ts";
import type { Load } from "./load.ts";
import { ownHttp1Load } from "./own-http1-load.ts";
import { wrk } from "./wrk.ts";

/** The load over HTTP/1.1 that is to be had: wrk, else our own, which the caller may also insist on. */
export function http1Load({ ownLoads }: { readonly ownLoads: boolean }): Load {
  return ownLoads || findProgram("wrk") === undefined ? ownHttp1Load : wrk;
}
