/** The categories of the built-in catalogue: what clients send, and the name for people. */
export const categoryNames = {
  adventure: "Adventure",
  biography: "Biography and memoir",
  business: "Business and economics",
  children: "Children",
  classics: "Classics",
  fantasy: "Fantasy",
  history: "History",
  horror: "Horror",
  "literary-fiction": "Literary fiction",
  mystery: "Mystery",
  philosophy: "Philosophy",
  poetry: "Poetry",
  romance: "Romance",
  science: "Science",
  "science-fiction": "Science fiction",
  "self-help": "Self-help",
  thriller: "Thriller",
  "young-adult": "Young adult",
} as const;

/** The id of a category of the built-in catalogue. */
export type CategoryId = keyof typeof categoryNames;
