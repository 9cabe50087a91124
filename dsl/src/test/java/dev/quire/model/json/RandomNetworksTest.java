package dev.quire.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.model.RandomNetworks;
import dev.quire.model.RandomNetworks.Sample;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RandomNetworksTest {
    @Test
    void the_first_two_hundred_have_every_layer() {
        Set<String> met = new TreeSet<>();
        Pattern type = Pattern.compile("\"type\" : \"(\\w+)\"");
        for (Sample sample : RandomNetworks.first(200)) {
            type.matcher(ModelJson.write(sample.network())).results().forEach(found -> met.add(found.group(1)));
        }
        assertThat(LayerType.ALL)
                .extracting(LayerType::word)
                .filteredOn(word -> !word.equals("pretrained")) // It is another network with weights from files.
                .allSatisfy(word -> assertThat(met).contains(word));
    }

    @Test
    void a_number_always_gives_the_same_network_with_the_same_weights() {
        Sample first = RandomNetworks.of(17);
        Sample again = RandomNetworks.of(17);
        assertThat(again).isEqualTo(first);
        assertThat(again.state().keySet()).isEqualTo(first.state().keySet());
        assertThat(again.values(2).get(0).data())
                .isEqualTo(first.values(2).get(0).data());
        assertThat(RandomNetworks.of(18).network()).isNotEqualTo(first.network());
    }
}
