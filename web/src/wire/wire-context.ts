import { createContext } from "react";
import type { WireSwitch } from "./wire-switch.ts";

/** The switch of the wire panel; without one there is no panel, and nothing is taken down. */
export const WireContext = createContext<WireSwitch | undefined>(undefined);
