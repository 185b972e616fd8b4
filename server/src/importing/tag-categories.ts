/** A category that books are put into by their readers' tags. */
export interface TagCategory {
  /** What clients send. */
  readonly id: string;
  /**
   * What a tag of it counts for. It is below 1 for categories that say whom a book is for or how old it is, which readers of nearly every kind of
   * book give, and smallest for those that only part all books in two: they are for books that have no other.
   */
  readonly weight: number;
  /** The tags that mean it. */
  readonly tags: readonly string[];
}

function category(id: string, tags: string, weight = 1): TagCategory {
  return { id, weight, tags: tags.trim().split(/\s+/) };
}

/** Every category that an import gives, and the tags that name it. */
export const TAG_CATEGORIES: readonly TagCategory[] = [
  category("adventure", "adventure action-adventure action adventures survival pirates quest swashbuckling", 0.6),
  category(
    "art",
    "art music art-history photography design architecture film rock musicians musicals painting music-books",
  ),
  category(
    "biography",
    `biography memoir memoirs autobiography biographies biography-memoir memoir-biography biographical autobiographies
    autobiography-memoir memoirs-biographies bio biography-autobiography biographies-memoirs diary`,
  ),
  category(
    "business",
    `business economics finance leadership management entrepreneurship money marketing personal-finance economy business-books
    productivity investing startup`,
    1.3,
  ),
  category(
    "children",
    `childrens children children-s children-s-books kids childrens-books kids-books children-s-literature children-s-lit childrens-lit
    picture-books picture-book middle-grade juvenile children-books children-s-fiction chapter-books childrens-literature kid-lit
    kids-lit kidlit children-s-book juvenile-fiction childrens-fiction`,
    0.6,
  ),
  category(
    "classics",
    `classics classic classic-literature classic-fiction classic-lit modern-classics literature-classics 19th-century victorian ancient
    clàssics classics-literature antiquity`,
    0.5,
  ),
  category(
    "comics",
    "graphic-novels graphic-novel comics comic manga cómics comics-graphic-novels graphic-novels-comics comic-books graphic comix superheroes dc marvel batman mangas bande-dessinée",
  ),
  category(
    "contemporary",
    "contemporary contemporary-fiction realistic-fiction realistic modern-fiction coming-of-age contemporary-lit",
    0.5,
  ),
  category(
    "crime",
    "crime crime-fiction crime-mystery mystery-crime crime-thriller true-crime noir mafia police police-procedural serial-killers hard-boiled hardboiled legal-thriller heist",
    0.9,
  ),
  category("drama", "plays play drama-plays theatre theater shakespeare playwrights plays-and-poetry greek-drama", 1.2),
  category(
    "dystopia",
    "dystopian dystopia post-apocalyptic apocalyptic dystopias dystopian-fiction post-apocalypse apocalypse ya-dystopian totalitarianism end-of-the-world",
  ),
  category("erotica", "erotica erotic bdsm smut erotic-romance m-m menage dark-romance"),
  category(
    "short-stories",
    "essays short-stories short-story novella novellas anthology anthologies essay short-story-collections stories collections short-fiction letters",
    1.1,
  ),
  category(
    "fantasy",
    `fantasy high-fantasy epic-fantasy magic dragons ya-fantasy fantasy-fiction sci-fi-fantasy fantasy-sci-fi scifi-fantasy fantasy-scifi
    fairy-tales fairy-tale fae faeries fairies mythology retellings wizards elves sword-and-sorcery magical-realism fantasy-paranormal`,
    0.9,
  ),
  category(
    "food",
    "food cooking cookbooks cookbook food-writing culinary foodie recipes food-and-drink cook-books food-cooking",
    1.5,
  ),
  category(
    "health",
    "health nutrition medicine medical fitness diet mental-health wellness illness cancer disability healthcare yoga",
    1.2,
  ),
  category(
    "historical-fiction",
    "historical-fiction historical historical-novel historical-novels historical-fic hist-fic tudor regency tudors medieval historical-mystery",
    0.9,
  ),
  category(
    "history",
    `history american-history world-history history-non-fiction nonfiction-history ancient-history military-history history-nonfiction
    non-fiction-history us-history european-history presidents`,
  ),
  category(
    "horror",
    "horror scary gothic ghosts zombies horror-fiction horror-thriller ghost-stories ghost haunted-house stephen-king creepy",
  ),
  category("humor", "humor humour funny comedy humorous satire comic-novel parody humorous-fiction comedic"),
  category("lgbt", "lgbt lgbtq queer gay glbt glbtq lesbian lgbtqia lgbtqiap trans transgender gay-fiction", 1.2),
  category(
    "literary-fiction",
    "literary-fiction literature literary literary-novel world-literature pulitzer booker booker-prize man-booker nobel-prize modernism postmodern pulitzer-prize russian-literature nobel",
    0.8,
  ),
  category(
    "mystery",
    `mystery mysteries mystery-thriller detective mystery-suspense murder-mystery agatha-christie cozy-mystery cozy cozy-mysteries whodunit
    detective-fiction murder cozies british-mystery detectives mystery-detective sherlock-holmes`,
  ),
  category(
    "paranormal",
    `paranormal urban-fantasy vampires paranormal-romance supernatural vampire werewolves pnr demons witches shifters angels shapeshifters
    paranormal-fantasy vamps ya-paranormal shape-shifters psychic`,
  ),
  category("philosophy", "philosophy philosophical existentialism ethics stoicism philosophy-religion filosofia", 1.1),
  category("poetry", "poetry poems poetry-plays poem poetry-and-plays verse epic-poetry poesia", 1.2),
  category(
    "politics",
    "politics political political-science feminism sociology social-issues current-events society social-justice journalism race gender feminist women-s-studies african-american social-science anthropology culture law government",
    0.9,
  ),
  category(
    "psychology",
    "psychology self-psychology psych cognitive-science behavioral-economics psychological pop-psychology neuroscience brain",
    1.1,
  ),
  category(
    "religion",
    `religion christian christian-fiction spirituality spiritual theology christianity faith christian-living inspirational islam buddhism
    religious bible christian-non-fiction church god amish catholic judaism prayer`,
  ),
  category(
    "romance",
    `romance chick-lit contemporary-romance historical-romance romantic-suspense new-adult romantic love-story chicklit nora-roberts
    chic-lit ya-romance adult-romance love book-boyfriends womens-fiction women-s-fiction nicholas-sparks alpha-male`,
    0.8,
  ),
  category(
    "science",
    "science popular-science physics biology mathematics math evolution astronomy pop-science technology computers natural-history science-nature environment nature mathematics-science programming computer-science genetics",
    1.2,
  ),
  category(
    "science-fiction",
    `science-fiction sci-fi scifi sf sci-fi-fantasy science-fiction-fantasy space aliens time-travel cyberpunk steampunk space-opera
    fantasy-sci-fi hard-sci-fi speculative-fiction futuristic star-wars robots military-sci-fi scifi-fantasy sff`,
  ),
  category(
    "self-help",
    `self-help self-improvement personal-development psychology-self-help motivational personal-growth motivation self-development
    happiness relationships-self-help inspirational-self-help parenting organization success`,
    1.5,
  ),
  category(
    "sports",
    "sports sport baseball running football basketball hockey soccer boxing mountaineering golf sports-romance",
    1.1,
  ),
  category(
    "thriller",
    "thriller suspense thrillers suspense-thriller mystery-thriller psychological-thriller espionage spy spies thriller-suspense crime-thriller techno-thriller legal legal-thriller psychological-suspense john-grisham",
    0.9,
  ),
  category(
    "travel",
    "travel travelogue travel-writing travel-memoir travelogues travel-literature exploration travels",
    1.2,
  ),
  category(
    "war",
    "war wwii world-war-ii military holocaust ww2 wwi vietnam civil-war world-war-2 world-war-i vietnam-war ww-ii war-fiction nazis",
    0.8,
  ),
  category("western", "western westerns cowboys old-west wild-west", 1.1),
  category(
    "young-adult",
    "young-adult ya teen ya-fiction young-adult-fiction ya-books teen-fiction ya-lit ya-contemporary youth high-school teens young-adults ya-literature",
    0.5,
  ),
  category(
    "nonfiction",
    "non-fiction nonfiction non-fic non-ficción non-fition nonfic reference education language writing books-about-books",
    0.1,
  ),
  category("fiction", "fiction novels novel adult-fiction general-fiction fiction-general adult ficción", 0.02),
];
