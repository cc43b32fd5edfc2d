import type { RelationWords, TypeWords } from "./types.ts";

const FILM = "(?:电影|影片|片子|片|作品)";

/** Chinese phrases of common relations. */
export const CHINESE_RELATIONS: readonly RelationWords[] = [
  {
    labels: ["directed by", "director", "directed_by"],
    templates: [
      `{tail}(?:曾|还|又|后来|也)?(?:执导|导演|拍摄|拍)(?:了|过|的)?${FILM}?{head}`,
      "{head}…由{tail}(?:执导|导演|拍摄)",
      "{head}的导演(?:是|为|：)?{tail}",
      "{head}是{tail}(?:执导|导演|拍摄)的",
      "{tail}是{head}的导演",
    ],
    cues: ["导演", "执导", "拍", "拍摄", "拍了", "拍过"],
  },
  {
    labels: ["of the genre", "has genre", "genre", "has_genre"],
    templates: [
      `{head}(?:是|为)(?:一部)?{tail}${FILM}?`,
      `{tail}${FILM}{head}`,
      "{head}属于{tail}(?:类型|题材)?",
    ],
    cues: ["类型", "题材"],
  },
  {
    labels: ["classed as", "told_as", "creative type"],
    templates: [
      `{head}(?:是|为)(?:一部)?{tail}${FILM}?`,
      `{tail}${FILM}{head}`,
      "{head}属于{tail}(?:类型|题材)?",
    ],
    cues: ["类别"],
  },
  {
    labels: ["based on a", "based on", "based_on"],
    templates: ["{head}改编自(?:一部|一个|同名)?{tail}"],
    cues: ["改编自", "改编"],
  },
  {
    labels: ["part of the series", "part of series", "part_of_series"],
    templates: ["{head}(?:是|属于)(?:经典的)?{tail}系列"],
    cues: ["系列", "属于"],
  },
  {
    labels: ["released in the", "released in", "released_in"],
    templates: ["{head}(?:于|在)?{tail}(?:上映|问世|公映)"],
    cues: ["上映", "年代"],
  },
  {
    labels: ["distributed by", "distributor", "distributed_by"],
    templates: [
      `{tail}(?:公司)?发行(?:了|过|的)?${FILM}?{head}`,
      "{head}…由{tail}(?:公司)?发行",
      "{head}的发行(?:商|公司|方)?(?:是|为)?{tail}",
    ],
    cues: ["发行", "发行商", "发行公司"],
  },
  {
    labels: ["certified", "certified as", "certified_as", "rated"],
    templates: ["{head}的?(?:分级|级别)(?:是|为){tail}", "{head}被(?:定|评)为{tail}"],
    cues: ["分级", "级别"],
  },
  {
    labels: ["starring", "stars", "cast member", "cast"],
    templates: [
      `{tail}(?:曾|还)?(?:主演|出演)(?:了|过|的)?${FILM}?{head}`,
      "{head}…由{tail}(?:主演|出演)",
      "{head}的主演(?:是|有|为|包括)?{tail}",
    ],
    cues: ["主演", "出演", "演员"],
  },
];

/** Chinese words for common types. */
export const CHINESE_TYPES: readonly TypeWords[] = [
  { types: ["movie", "film"], words: ["电影", "影片", "片子", "片", "作品"] },
  { types: ["person"], words: ["谁", "哪位", "人", "哪些人"] },
  { types: ["company"], words: ["公司", "制片厂"] },
  { types: ["genre"], words: ["类型", "题材"] },
  { types: ["creative_type"], words: ["类别"] },
  { types: ["source"], words: ["来源"] },
  { types: ["series"], words: ["系列"] },
  { types: ["decade"], words: ["年代", "什么时候", "何时"] },
  { types: ["certificate"], words: ["分级", "级别"] },
];

/** Characters of a question that ask and say no more. */
export const CHINESE_ASKING = `
  哪 些 个 部 家 位 是 的 了 过 什 么 吗 呢 有 在 由 谁 多 少 几 请 问 一 被 和 与 里 中 都 还 其 他 它 那 这 于 同 为 啊 列 出 所 同一 为 且 又 并 给 我 找 告 诉 自 哪些 什么 名 叫 做 谁 种 样 到 以 及 把 来 说 起 们`;
