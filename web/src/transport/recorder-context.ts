import { createContext } from "react";
import type { RecorderSwitch } from "./recorder-switch.ts";

/** The switch of the wire panel; without one there is no panel, and nothing is recorded. */
export const RecorderContext = createContext<RecorderSwitch | undefined>(undefined);
