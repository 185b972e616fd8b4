/** The pigment of a panel: lapis is the calculator's, vermilion the greeter's, verdigris the books', ochre the streams'. */
export type Hue = "lapis" | "vermilion" | "verdigris" | "ochre";
