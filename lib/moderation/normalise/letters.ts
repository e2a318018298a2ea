/** Reads "xy zw": each pair is a character and the Latin letter it stands for. Keys are lower-cased. */
function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((pair) => {
        const [from = '', ...to] = pair;
        return [from.toLowerCase(), to.join('')];
      }),
  );
}

/** Twenty-six code points in a row that stand for a to z. */
function alphabet(firstCodePoint: number): [string, string][] {
  return Array.from({ length: 26 }, (_, index) => [
    String.fromCodePoint(firstCodePoint + index),
    String.fromCharCode(0x61 + index),
  ]);
}

/** Latin letters and marks that NFKD leaves alone: these always read as the plain letter. */
export const LATIN_FORMS = pairs(`
  ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz
  ɑa ɐa ƀb ɓb ƃb ȼc ƈc đd ɗd ɖd ɛe ɇe ƒf ɡg ɠg ǥg ħh ɦh ıi ɨi ɩi ɉj ƙk łl ɫl ɬl ɱm ɲn ƞn øo ɵo ɔo ƥp ɋq ɍr ɾr
  ʂs ŧt ƭt ʈt ʉu ʋv ɯm ɏy ƴy ƶz ȥz ßss æae œoe þth ðd ’' ‘' ʼ' ʻ' 。. ․.`);

/**
 * Letters of other scripts, and letter-like signs, that look like a Latin letter. Only an alternative reading:
 * applied to everything they would turn Russian and Greek into noise.
 */
export const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    ...pairs(`
    аa вb еe ѕs іi јj кk мm нh оo рp сc тt уy хx ԁd ԛq ԝw гr пn һh ӏl ԍg ьb яr
    αa βb γy εe ζz ηn ιi κk μu νv οo πn ρp σo τt υu χx ωw ςs
    սu օo հh ոn յj ցg զq քf աw եe
    ᎠD ᎡR ᎢT ᎥI ᎩY ᎪA ᎫJ ᎬE ᎳW ᎷM ᎻH ᎽY ᏀG ᏃZ ᏒR ᏔW ᏕS ᏙV ᏚS ᏞL ᏟC ᏢP ᏦK ᏳG ᏴB
    ᐯV ᑌU ᑎN ᑕC ᑭP ᑯd ᑲb ᑫq ᒍJ ᒪL ᖇR ᖴF ᗅA ᗞD ᗩA ᗪD ᗰM ᗷB ᙭X ᕼH
    ꓐB ꓑP ꓓD ꓔT ꓖG ꓗK ꓙJ ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓦV ꓧH ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU
    ⊂c ∪u ∩n`),
    ...alphabet(0x1f1e6),
    ...alphabet(0x1f150),
    ...alphabet(0x1f170),
  ].map(([from, to]) => [from, to.toLowerCase()] as const),
);

/** What a digit or sign is written for, in a word that also has letters. */
export const LEET: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '6': 'g',
    '7': 't',
    '8': 'b',
    '9': 'g',
    '@': 'a',
    $: 's',
    '!': 'i',
    '+': 't',
    '&': 'a',
    '|': 'i',
    '(': 'c',
    '¡': 'i',
    '€': 'e',
    '£': 'l',
    '¢': 'c',
    '§': 's',
  }),
);

/** Signs of LEET that may as well be an l. */
export const LEET_L: ReadonlySet<string> = new Set(['1', '|', '!']);

/** Signs of LEET that at the edge of a word are punctuation ("what!", "(so", "+one"). */
export const LEET_EDGE_PUNCTUATION: ReadonlySet<string> = new Set(['!', '+', '&', '|', '(', '¡']);

/** Signs put in the place of a letter that everybody guesses. */
export const LETTER_MASKS: ReadonlySet<string> = new Set(['*', '#', '%']);
