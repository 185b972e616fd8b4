import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const lapis: MantineColorsTuple = [
  "#eef2fc",
  "#dbe3f7",
  "#b5c5ec",
  "#9db3ec",
  "#6988d6",
  "#4f73cd",
  "#3d62bf",
  "#2c4da3",
  "#223f8a",
  "#172d68",
];
const vermilion: MantineColorsTuple = [
  "#fdf0ec",
  "#f9ddd4",
  "#f2b8a6",
  "#f2a48d",
  "#e06f50",
  "#d35535",
  "#be4124",
  "#a8361b",
  "#8b2b15",
  "#66200f",
];
const verdigris: MantineColorsTuple = [
  "#eaf6f2",
  "#d3ebe3",
  "#a5d6c7",
  "#83cbb5",
  "#4fac91",
  "#36977c",
  "#247b63",
  "#1b6b56",
  "#145645",
  "#0c3e32",
];
const warmGray: MantineColorsTuple = [
  "#fbf8f1",
  "#f3eee3",
  "#e6dfd0",
  "#d6cdb9",
  "#bcb29c",
  "#9a907c",
  "#7a7160",
  "#5b5447",
  "#403b32",
  "#28251f",
];
const ink: MantineColorsTuple = [
  "#ece7dc",
  "#cdc9c0",
  "#aeacab",
  "#858794",
  "#4a4e60",
  "#2f3342",
  "#252936",
  "#1a1d29",
  "#12141d",
  "#0d0f16",
];

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

/** What Mantine's components look like in Triptych. Inside `data-hue` the primary colour is that hue. A change needs `npm run theme`. */
export const theme = createTheme({
  white: "#fffdf8",
  colors: { lapis, vermilion, verdigris, gray: warmGray, dark: ink },
  primaryColor: "lapis",
  primaryShade: { light: 7, dark: 6 },
  fontFamily: sans,
  fontFamilyMonospace: "var(--tri-mono)",
  headings: { fontFamily: "var(--tri-display)", fontWeight: "600" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
});

const semantic = {
  "--mantine-color-body": "var(--tri-ground)",
  "--mantine-color-text": "var(--tri-ink)",
  "--mantine-color-bright": "var(--tri-ink)",
  "--mantine-color-dimmed": "var(--tri-ink-soft)",
  "--mantine-color-placeholder": "var(--tri-ink-soft)",
  "--mantine-color-default": "var(--tri-raised)",
  "--mantine-color-default-hover": "var(--tri-hover)",
  "--mantine-color-default-color": "var(--tri-ink)",
  "--mantine-color-default-border": "var(--tri-line-strong)",
  "--mantine-color-error": "var(--tri-danger)",
};

/** Has Mantine's own names for colours mean ours, so that both stay in step in both schemes; `npm run theme` asks for it. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: semantic, dark: semantic });
