/** Names of states in French, by which they are seated and listed. */

/**
 * Where the Union's French list of Member States differs from the short names of CLDR in a way that moves a state in the alphabet or is not the name that the state uses. The list puts the
 * word that counts first: "Corée (République de)".
 */
const UNION: Readonly<Record<string, string>> = {
  bo: 'Bolivie (État plurinational de)', cd: 'République démocratique du Congo', cf: 'Centrafricaine (République)', cg: 'Congo (République du)', ci: 'Côte d’Ivoire', cv: 'Cabo Verde', cz: 'Tchèque (République)',
  do: 'Dominicaine (République)', fm: 'Micronésie (États fédérés de)', gb: 'Royaume-Uni de Grande-Bretagne et d’Irlande du Nord', ir: 'Iran (République islamique d’)', kg: 'Kirghize (République)', kp: 'République populaire démocratique de Corée',
  kr: 'Corée (République de)', la: 'Lao (République démocratique populaire)', md: 'Moldova (République de)', mm: 'Myanmar', nl: 'Pays-Bas (Royaume des)', ps: 'Palestine (État de)', ru: 'Russie (Fédération de)', sk: 'Slovaque (République)',
  sy: 'Syrienne (République arabe)', sz: 'Eswatini', tl: 'Timor-Leste', tr: 'Türkiye', tz: 'Tanzanie (République-Unie de)', us: 'États-Unis d’Amérique', va: 'Cité du Vatican (État de la)', ve: 'Venezuela (République bolivarienne du)',
  vn: 'Viet Nam', za: 'Sudafricaine (République)',
};

const cldr = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' });

/**
 * @param entity the name in the roster, for those who are no state
 * @param country ISO 3166-1 alpha-2, lower case, or empty
 */
export function frenchName({ entity, entityType, country }: { readonly entity: string; readonly entityType: string; readonly country: string }): string {
  if (entityType !== 'member-state' || country === '') return entity;
  return UNION[country] ?? cldr.of(country.toUpperCase()) ?? entity;
}
