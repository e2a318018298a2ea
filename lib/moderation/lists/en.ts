/**
 * English terms, written for this project; same licence as the repository. WARNING: offensive words.
 *
 * `deny` = slurs, the strongest profanity, calls to self-harm; `mask` = profanity of middle strength.
 * Mild and contested words (hell, damn, crap, sex) are left to the room's own terms.
 * `allow` = names and words that contain one of the terms. Syntax of a term: policy.ts, BlockedTerm.
 * A wildcard on both sides is only for letters that no everyday word contains, bar those allowed here.
 */
export const ENGLISH = `
# strongest profanity
deny *fuck*
deny *fvck*
deny fuk
deny fuks
deny fuking
deny fucc
deny fck
deny fcking
deny fkn
deny *cunt*
deny *cocksuck*
deny *cocksuk*
deny 🖕

# slurs: race and origin
deny *nigger*
deny *nigga*
deny niglet*
deny kike
deny kikes
deny spic
deny spics
deny chink
deny chinks
deny gook
deny gooks
deny wetback*
deny raghead*
deny towelhead*
deny beaner
deny beaners
deny paki
deny pakis
deny gyppo*
deny pikey
deny pikeys
deny golliwog*
deny darkie
deny darkies
deny zipperhead*
deny sandmonkey*
deny porch monkey
deny heil hitler
deny gas the jews

# slurs: sex, gender, disability
deny *faggot*
deny fag
deny fags
deny faggy
deny tranny
deny trannies
deny shemale*
deny ladyboy*
deny retard
deny retards
deny retarded
deny libtard*
deny fucktard*

# abuse
deny *bitch*
deny *biatch*
deny *whore*
deny slut*
deny *asshole*
deny *arsehole*
deny *dickhead*
deny twat*
deny wanker*
deny *pussy*
deny cumslut*
deny cumdump*

# self-harm
deny kill yourself
deny kill your self
deny kill urself
deny kys
deny neck yourself
deny hang yourself

# sexual, explicit
deny *blowjob*
deny blow job
deny *handjob*
deny *cumshot*
deny *gangbang*
deny *bukkake*
deny *jizz*
deny *dicksuck*
deny rape you
deny child porn*

# middle strength
mask *shit*
mask ass
mask asshat*
mask assclown*
mask *jackass*
mask *dumbass*
mask *fatass*
mask arse
mask arses
mask piss
mask pissing
mask pisser*
mask dick
mask dicks
mask cock
mask cocks
mask cockhead*
mask prick
mask pricks
mask wank
mask wanks
mask wanked
mask wanking
mask bastard*
mask bollock*
mask bellend*
mask knobhead*
mask tosser
mask tossers
mask douchebag*
mask tits
mask titty
mask titties
mask boobies
mask boner
mask boners
mask skank*
mask milf
mask milfs
mask cum
mask cumming
mask goddamn*
mask stfu
mask gtfo
mask pusy

# words and names that contain a term
allow *scunthorpe*
allow snigger*
allow pussycat*
allow pussywillow
allow pussy willow
allow pussyfoot*
allow shitak*
allow shittak*
allow shittim
allow mishit
allow washita
allow matsushita
allow yamashita
allow kinoshita
allow takeshita
allow morishita
allow miyashita
allow yoshita*
allow toshita*
allow ishita
allow harshit*
allow akshit*
allow lakshit*
allow rishit*
allow nishit*
allow dikshit*
allow whoreson
allow chink in
allow cum laude
allow cock bridge
allow dick van dyke
allow dick cheney
allow dick tracy
allow moby dick
allow dick clark
allow twattle
`;
