import { createContext } from "react";
import type { Notice } from "./notice.ts";

/** Shows a notice: for some seconds, or one with an action until it is dismissed. */
export type Notify = (notice: Omit<Notice, "id">) => void;

/** How to show a notice. */
export const NoticesContext = createContext<Notify | undefined>(undefined);
