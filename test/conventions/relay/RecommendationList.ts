// Fragments as a page built with Relay has them; relay-compiler reads this file, nothing runs it.
declare function graphql(parts: TemplateStringsArray): unknown;

export const page = graphql`
  query RecommendationListPageQuery($user: String!) {
    ...RecommendationList_query @arguments(user: $user)
  }
`;

export const list = graphql`
  fragment RecommendationList_query on Query
  @argumentDefinitions(
    user: { type: "String!" }
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "RecommendationListPaginationQuery") {
    recommendations(user: $user, first: $count, after: $cursor)
      @connection(key: "RecommendationList_recommendations") {
      edges {
        node {
          rank
          item {
            id
            ...RecommendationList_entity
          }
          explanation {
            sentence
            evidence(first: 3) {
              contribution
              sentence
            }
          }
        }
      }
    }
  }
`;

export const entity = graphql`
  fragment RecommendationList_entity on Entity
  @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
  @refetchable(queryName: "RecommendationListEntityQuery") {
    id
    name
    triples(first: $count, after: $cursor) @connection(key: "RecommendationList_entity_triples") {
      edges {
        node {
          id
          relation {
            label
          }
          tail {
            name
          }
        }
      }
    }
  }
`;

export const record = graphql`
  mutation RecommendationListRecordMutation($input: RecordInteractionsInput!) {
    recordInteractions(input: $input) {
      recorded
      problems {
        message
      }
    }
  }
`;

export const changed = graphql`
  subscription RecommendationListChangedSubscription($user: String!) {
    recommendationsChanged(user: $user, first: 3) {
      edges {
        node {
          item {
            id
          }
        }
      }
    }
  }
`;
