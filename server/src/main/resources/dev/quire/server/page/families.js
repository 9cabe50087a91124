// What can be chosen for a training run, and how it is said to the server: a network and a configuration, as notebooks
// write them to JSON.

export const OPTIMIZERS = [['adamW', 'AdamW'], ['adam', 'Adam'], ['sgd', 'SGD'], ['rmsProp', 'RMSprop']];
export const FAMILIES = { mlp: 'Dense', cnn: 'Convolutional' };
export const HIDDEN = { mlp: '128, 64', cnn: '32, 64' };
export const FIELDS = {
  dataset: '', model: 'mlp', hidden: '128, 64', optimizer: 'adamW', learning_rate: '0.001', dropout: '0', batch_size: '64', epochs: '3',
};

const HEAD = 64;
const RANGES = [['Low', 1e-4], ['Medium Low', 5e-4], ['Medium High', 1e-3], ['High', 1e-2]];
const LOWEST = 1e-5;
const CLOSE = 1 + 1e-9;

/** The names of the ranges that a model is found by. */
export const RATES = RANGES.map(([name]) => name);

/** The name of the range that a learning rate lies in. */
export function rangeOf(rate) {
  if (!(rate > 0)) return '';
  if (rate * CLOSE < LOWEST) return 'below the named ranges';
  return RANGES.find(([, most]) => rate <= most * CLOSE)?.[0] ?? 'above the named ranges';
}

/** The largest learning rate of a range. */
export const rateOf = range => RANGES.find(([name]) => name === range)[1];

/** The name of an optimizer as the form has it, however it is spelled. */
export const optimizerOf = name => OPTIMIZERS.find(([value]) => value.toLowerCase() === name.toLowerCase())?.[0] ?? OPTIMIZERS[0][0];

export const sizes = text => text.split(',').map(each => each.trim()).filter(Boolean).map(Number);

/**
 * A network.
 *
 * @param classes how many values it ends with
 */
export function network({ model, hidden, dropout }, classes) {
  const drop = dropout > 0 ? [{ type: 'dropout', rate: dropout }] : [];
  const dense = units => [{ type: 'dense', units }, { type: 'relu' }, ...drop];
  const layers = model === 'cnn'
    ? [...hidden.flatMap(filters => [{ type: 'conv', filters, kernel: [3, 3] }, { type: 'relu' }, { type: 'maxPool', kernel: [2, 2] }]),
      { type: 'flatten' }, ...dense(HEAD)]
    : [{ type: 'flatten' }, ...hidden.flatMap(dense)];
  return { version: 1, type: 'sequential', layers: [...layers, { type: 'dense', units: classes }] };
}

/** How it is trained. */
export const specification = ({ optimizer, learning_rate: learningRate, batch_size: batch, epochs }) =>
  ({ version: 1, epochs, batch, optimizer: { type: optimizer, learningRate } });

/** What a model is found by. */
export const sought = ({ model, hidden, optimizer, dropout, batch_size, epochs }) =>
  ({ model_type: model, hidden_layers_config: hidden, optimizer, use_dropout: dropout > 0, batch_size, epochs });

/** A network of these families in words: its kind, its layers, its dropout. */
export function describe(given) {
  const layers = given?.layers ?? [];
  const of = type => layers.filter(layer => layer.type === type);
  const isConvolutional = of('conv').length > 0;
  const widths = isConvolutional ? of('conv').map(layer => layer.filters) : of('dense').slice(0, -1).map(layer => layer.units);
  const drop = of('dropout')[0];
  return [FAMILIES[isConvolutional ? 'cnn' : 'mlp'], widths.join(', '), drop && `dropout ${drop.rate}`];
}
