// Metrics as people read them.
import { figure, percent } from './dom.js';

/** Whether a metric is a share of examples. */
export const isFraction = name => /accuracy|recall|precision|f1|auc|top\d/.test(name);

/** val_accuracy as people read it. */
export const words = metric => metric.replace(/^val_/, 'validation_').replaceAll('_', ' ');

/** A value of a metric. */
export const shown = (metric, value) => (typeof value === 'number' && isFraction(metric) ? percent(value, 2) : figure(value));
