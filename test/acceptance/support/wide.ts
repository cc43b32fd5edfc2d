/** Settings for whole explanations of whole pages: more than a gateway gives everybody. */
export const WIDE = {
  WHYGRAPH_LIMIT_COST: "1000000",
  WHYGRAPH_LIMIT_RESPONSE_BYTES: "268435456",
  WHYGRAPH_BUDGET: "off",
  WHYGRAPH_BUDGET_ANONYMOUS: "off",
};
