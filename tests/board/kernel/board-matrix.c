// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * A pad of sixteen keys as it is wired to a GPIO chip: lines 0 to 3 are its rows, 4 to 7 its columns, each with a resistor to the supply. What is pressed is written to
 * /sys/devices/platform/board-matrix/keys, a bit for each key, line by line.
 *
 * gpio-sim cannot be such a pad: a row that an open drain has let go looks to it like one that is driven, and a program that would pull the columns has no time to do so
 * between a scan that drives a row and the read after it, as a wire has.
 */
#include <linux/gpio/driver.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_sim.h>
#include <linux/mutex.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/platform_device.h>
#include <linux/sysfs.h>

#define ROWS 4
#define COLUMNS 4
#define LINES (ROWS + COLUMNS)
#define KEYS (ROWS * COLUMNS)

struct pad {
	struct gpio_chip gc;
	struct mutex lock;
	struct irq_domain *irqs;
	unsigned long driven;	/* outputs */
	unsigned long sinking;	/* of which these pull down */
	unsigned long keys;	/* pressed */
	unsigned long low;	/* lines, as they stand */
};

/* Of two lines that a pressed key joins, both are low if one is: by whatever detour, so three keys at the corners of a rectangle reach the fourth. */
static unsigned long pad_reached(struct pad *pad)
{
	unsigned long low = pad->driven & pad->sinking, before;
	unsigned int key;

	do {
		before = low;
		for_each_set_bit(key, &pad->keys, KEYS) {
			unsigned long joined = BIT(key / COLUMNS) | BIT(ROWS + key % COLUMNS);

			if (low & joined)
				low |= joined;
		}
	} while (low != before);
	return low;
}

/* Something has changed: lines that follow make their edges. */
static void pad_settle(struct pad *pad)
{
	unsigned long low = pad_reached(pad);
	unsigned long moved = (low ^ pad->low) & ~pad->driven;
	unsigned int line;

	pad->low = low;
	for_each_set_bit(line, &moved, LINES) {
		unsigned int irq = irq_find_mapping(pad->irqs, line);

		if (irq && (irq_get_trigger_type(irq) & (low & BIT(line) ? IRQ_TYPE_EDGE_FALLING : IRQ_TYPE_EDGE_RISING)))
			irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
	}
}

static int pad_get(struct gpio_chip *gc, unsigned int line)
{
	struct pad *pad = gpiochip_get_data(gc);
	int high;

	mutex_lock(&pad->lock);
	high = !(pad->low & BIT(line));
	mutex_unlock(&pad->lock);
	return high;
}

static void pad_set(struct gpio_chip *gc, unsigned int line, int high)
{
	struct pad *pad = gpiochip_get_data(gc);

	mutex_lock(&pad->lock);
	__assign_bit(line, &pad->sinking, !high);
	pad_settle(pad);
	mutex_unlock(&pad->lock);
}

static int pad_output(struct gpio_chip *gc, unsigned int line, int high)
{
	struct pad *pad = gpiochip_get_data(gc);

	mutex_lock(&pad->lock);
	__assign_bit(line, &pad->sinking, !high);
	__set_bit(line, &pad->driven);
	pad_settle(pad);
	mutex_unlock(&pad->lock);
	return 0;
}

static int pad_input(struct gpio_chip *gc, unsigned int line)
{
	struct pad *pad = gpiochip_get_data(gc);

	mutex_lock(&pad->lock);
	__clear_bit(line, &pad->driven);
	pad_settle(pad);
	mutex_unlock(&pad->lock);
	return 0;
}

static int pad_direction(struct gpio_chip *gc, unsigned int line)
{
	struct pad *pad = gpiochip_get_data(gc);

	return pad->driven & BIT(line) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

/* The resistors are there. An open drain it has not, so gpiolib makes one of output and input, as on most boards. */
static int pad_config(struct gpio_chip *gc, unsigned int line, unsigned long config)
{
	return pinconf_to_config_param(config) == PIN_CONFIG_BIAS_PULL_UP ? 0 : -ENOTSUPP;
}

static int pad_irq(struct gpio_chip *gc, unsigned int line)
{
	struct pad *pad = gpiochip_get_data(gc);

	return irq_create_mapping(pad->irqs, line);
}

static ssize_t keys_store(struct device *dev, struct device_attribute *attribute, const char *text, size_t count)
{
	struct pad *pad = dev_get_drvdata(dev);
	u16 keys;
	int wrong = kstrtou16(text, 0, &keys);

	if (wrong)
		return wrong;
	mutex_lock(&pad->lock);
	pad->keys = keys;
	pad_settle(pad);
	mutex_unlock(&pad->lock);
	return count;
}
static DEVICE_ATTR_WO(keys);

static struct attribute *pad_attrs[] = { &dev_attr_keys.attr, NULL };
ATTRIBUTE_GROUPS(pad);

static int pad_probe(struct platform_device *device)
{
	struct pad *pad = devm_kzalloc(&device->dev, sizeof(*pad), GFP_KERNEL);

	if (!pad)
		return -ENOMEM;
	mutex_init(&pad->lock);
	pad->irqs = devm_irq_domain_create_sim(&device->dev, NULL, LINES);
	if (IS_ERR(pad->irqs))
		return PTR_ERR(pad->irqs);
	pad->gc = (struct gpio_chip) {
		.label = "board-matrix",
		.parent = &device->dev,
		.base = -1,
		.ngpio = LINES,
		.can_sleep = true,
		.get = pad_get,
		.set = pad_set,
		.direction_output = pad_output,
		.direction_input = pad_input,
		.get_direction = pad_direction,
		.set_config = pad_config,
		.to_irq = pad_irq,
	};
	platform_set_drvdata(device, pad);
	return devm_gpiochip_add_data(&device->dev, &pad->gc, pad);
}

static struct platform_driver pad_driver = {
	.probe = pad_probe,
	.driver = { .name = "board-matrix", .dev_groups = pad_groups, .suppress_bind_attrs = true },
};

static int __init pad_init(void)
{
	int wrong = platform_driver_register(&pad_driver);

	return wrong ?: PTR_ERR_OR_ZERO(platform_device_register_simple("board-matrix", PLATFORM_DEVID_NONE, NULL, 0));
}
device_initcall(pad_init);
