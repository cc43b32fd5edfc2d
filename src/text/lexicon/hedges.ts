/**
 * Words before a statement that take it back or leave it open. LOCAL ones count inside the clause of the
 * statement, RUMOUR also before a comma.
 */
export const LOCAL_HEDGE =
  /\b(?:not|n t|never|neither|nor|no longer|hardly|cannot|could|might|may|would|should|must|almost|nearly|considered|offered|turned down|declined|refused|passed on|instead of|rather than|unlike|if|whether|unless|wants?|wanted|plans?|planned|hope[sd]?|wish(?:es|ed)?|dreams?|to have|going to|supposed to|falsely|wrongly|mistakenly|claims?|claimed|think|thought|believed?|believes|approached to|failed to|didn|wasn|isn|weren|hasn|doesn|denie[sd]|no film)\b|没有|没|并非|不是|未|拒绝|可能|也许|险些|差点|曾考虑|否认|如果|是否|想要|原本|本来|打算|希望/u;

/** Rumours, wherever in the sentence they stand before the statement. */
export const RUMOUR =
  /\b(?:rumou?rs?|rumou?red|allegedly|alleged|supposedly|reportedly|reports? that|myth|hoax|contrary to|in talks|false that|not true|untrue|nobody knows|unclear|no evidence|imagine|pretend|wrong to say|joked?|doubts?)\b|传闻|据传|谣传|传言|据说|误以为|误传/u;
