import django.db.models.deletion
import kentongan.places.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RegionList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80)),
                ("version", models.CharField(max_length=40)),
                ("decree", models.CharField(blank=True, default="", max_length=120)),
                ("licence", models.CharField(max_length=80)),
                ("attribution", models.TextField(blank=True, default="")),
                ("sha256", models.CharField(max_length=64)),
                ("effective", models.DateField()),
                ("loaded_at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="region_list_has_source"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=13)),
                ("level", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("provinsi", "provinsi"),
                            ("kabupaten", "kabupaten"),
                            ("kabupaten_administrasi", "kabupaten_administrasi"),
                            ("kota", "kota"),
                            ("kota_administrasi", "kota_administrasi"),
                            ("kecamatan", "kecamatan"),
                            ("distrik", "distrik"),
                            ("desa", "desa"),
                            ("kelurahan", "kelurahan"),
                            ("desa_adat", "desa_adat"),
                        ],
                        max_length=24,
                    ),
                ),
                ("key", kentongan.places.fields.RegionKeyField()),
                ("range_end", models.BigIntegerField()),
                ("time_zone", models.CharField(max_length=40)),
                ("search_name", models.CharField(max_length=100)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="places.region",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.regionlist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RegionSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("source", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True, default="")),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="places.region",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="places.region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Island",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=13, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("populated", models.BooleanField(null=True)),
                ("outermost", models.BooleanField(null=True)),
                ("valid_to", models.DateField(null=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="islands",
                        to="places.region",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(
                                ("latitude__gte", -90),
                                ("latitude__isnull", False),
                                ("latitude__lte", 90),
                                ("longitude__gte", -180),
                                ("longitude__isnull", False),
                                ("longitude__lte", 180),
                            ),
                            _connector="OR",
                        ),
                        name="island_position_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("search_name", models.CharField(db_index=True, max_length=100)),
                ("source", models.CharField(max_length=120)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="places.region",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("region", "search_name"), name="region_alias_once"),
                    models.CheckConstraint(
                        condition=models.Q(("search_name", ""), _negated=True), name="region_alias_searchable"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="region",
            index=models.Index(fields=["key", "level"], name="region_key_level"),
        ),
        migrations.AddIndex(
            model_name="region",
            index=models.Index(fields=["search_name", "level"], name="region_search"),
        ),
        migrations.AddIndex(
            model_name="region",
            index=models.Index(fields=["code"], name="region_code"),
        ),
        migrations.AddIndex(
            model_name="region",
            index=models.Index(fields=["level", "search_name"], name="region_level_search"),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("code",),
                name="region_code_unique_while_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 4)), name="region_level_1_to_4"
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "provinsi",
                            "kabupaten",
                            "kabupaten_administrasi",
                            "kota",
                            "kota_administrasi",
                            "kecamatan",
                            "distrik",
                            "desa",
                            "kelurahan",
                            "desa_adat",
                        ],
                    )
                ),
                name="region_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("key__gt", 0), ("range_end__gt", models.F("key")), ("range_end__lte", 10000000000)
                ),
                name="region_range_holds",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 1), ("parent", None)),
                    models.Q(("level__gt", 1), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="region_parent_but_for_provinces",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None),
                    ("valid_to", None),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="region_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("search_name", ""), _negated=True), name="region_name_searchable"
            ),
        ),
        migrations.AddConstraint(
            model_name="regionsuccession",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="region_succession_once"),
        ),
        migrations.AddConstraint(
            model_name="regionsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True),
                name="region_succession_of_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="region_succession_has_source"
            ),
        ),
    ]
