import { createContext } from "react";
import type { ReaderStore } from "./reader-store.ts";

/** The store of the reader the app acts as. */
export const ReaderContext = createContext<ReaderStore | undefined>(undefined);
