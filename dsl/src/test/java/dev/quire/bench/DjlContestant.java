package dev.quire.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import dev.quire.engine.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** DJL's own Trainer in this process, on data that lies in memory, normalised already. */
final class DjlContestant implements Contestant {
    private static final int STEPS_A_READING = 20;

    private final Model model;
    private final NDManager manager;
    private final Trainer trainer;
    private final ArrayDataset data;
    private final double unitsPerStep;
    private Iterator<Batch> batches;

    private DjlContestant(Block block, int batch, double unitsPerStep, Shape example) {
        this.unitsPerStep = unitsPerStep;
        Device device = dev.quire.engine.Torch.device().isGpu() ? Device.gpu() : Device.cpu();
        manager = NDManager.newBaseManager(device, "PyTorch");
        model = Model.newInstance("benchmark", device, "PyTorch");
        model.setBlock(block);
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {device})
                .optOptimizer(Optimizer.adamW()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .optWeightDecays(0.01f)
                        .build()));
        Shape all = new Shape(Networks.EXAMPLES).addAll(example);
        NDArray x = manager.randomNormal(all);
        NDArray y = manager.randomInteger(0, Networks.CLASSES, new Shape(Networks.EXAMPLES), DataType.INT64);
        data = new ArrayDataset.Builder()
                .setData(x)
                .optLabels(y)
                .setSampling(batch, true, true)
                .build();
        trainer.initialize(new Shape(batch).addAll(example));
        batches = pass();
    }

    static Contestant mlp(int width, int batch) {
        Block block = new SequentialBlock()
                .add(Linear.builder().setUnits(width).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(width).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(Networks.CLASSES).build());
        return new DjlContestant(block, batch, 1, new Shape(Networks.PIXELS));
    }

    static Contestant cnn(int batch) {
        Shape two = new Shape(2, 2);
        Shape three = new Shape(3, 3);
        Block block = new SequentialBlock()
                .add(Conv2d.builder().setFilters(32).setKernelShape(three).build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(two, two))
                .add(Conv2d.builder().setFilters(64).setKernelShape(three).build())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(two, two))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(64).build())
                .add(Activation.reluBlock())
                .add(Dropout.builder().optRate(0.25f).build())
                .add(Linear.builder().setUnits(Networks.CLASSES).build());
        return new DjlContestant(block, batch, batch, new Shape(1, 28, 28));
    }

    @Override
    public String name() {
        return "DJL Trainer";
    }

    @Override
    public double round(double seconds) {
        // Quire may have left fewer threads behind.
        Torch.use(Integer.MAX_VALUE);
        step();
        long began = System.nanoTime();
        long steps = 0;
        while (System.nanoTime() - began < seconds * 1e9) {
            for (int i = 0; i < STEPS_A_READING; i++) {
                step();
            }
            steps += STEPS_A_READING;
        }
        return steps * unitsPerStep / ((System.nanoTime() - began) * 1e-9);
    }

    private void step() {
        if (!batches.hasNext()) {
            batches = pass();
        }
        try (Batch batch = batches.next()) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
        }
    }

    private Iterator<Batch> pass() {
        try {
            return trainer.iterateDataset(data).iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TranslateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
        manager.close();
    }
}
