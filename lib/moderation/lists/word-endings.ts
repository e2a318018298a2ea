/**
 * Top-level domains that are also everyday words. "ok.so" or "yes.it is" is a missing space far more often than
 * a link, so a bare two-label name under these counts only with a scheme, "www.", "@", a port or a path.
 */
export const WORD_ENDINGS: ReadonlySet<string> = new Set(
  `am as at be by cc do gg in is it la lo ma me mm mo my ne no of pm re sc so st to us uk ok ye
   best band bar bet bid blue boo book bot box cab cafe call cam camp car cards care case cash cat center chat cheap
   church city click cool dad data date day deal deals diet dog dot drive eat end fail fan fans farm fast film fish
   fit food foo free fun fund fyi game games gay gift gifts gives giving gold golf green guide guru hair haus health
   help here hiv hockey home homes hot house how ing joy kids kim king land law life like limited living loan locker
   lol love man map men menu mini mom money moto mov movie music name new news now one open ooo page party pay pet
   pics pin pink pizza place play plus poker post press prime property pub qpon quest racing read red rent rest
   review reviews rich rip rocks run safe sale save school search secure sex sexy shoes shop show sing ski smile
   soccer social song space spot star store stream study style sucks surf talk tax team tech tickets tips tires
   today top town toys training tube vote wait watch weather win wine work works world wow wtf you zero zip zone`
    .split(/\s+/)
    .filter(Boolean),
);
