// `npm run theme`: writes the CSS variables of the theme into web/src/theme/theme-variables.css.
import { writeFileSync } from "node:fs";
import { themeVariables, themeVariablesFile } from "./theme-variables.ts";

writeFileSync(themeVariablesFile, themeVariables());
