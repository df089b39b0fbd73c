package io.fieldloop.server.tls;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDH;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDomain;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;
import org.bouncycastle.util.BigIntegers;

/** A curve whose products are {@link SharedArithmetic}; its private keys are drawn from the random source as ever. */
final class SharedCurve extends BcTlsECDomain {
    private final SharedArithmetic arithmetic;

    SharedCurve(BcTlsCrypto crypto, TlsECConfig config, SharedArithmetic arithmetic) {
        super(crypto, config);
        this.arithmetic = arithmetic;
    }

    @Override
    public AsymmetricCipherKeyPair generateKeyPair() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator() {
            @Override
            protected ECMultiplier createBasePointMultiplier() {
                return (base, factor) -> product(base, factor, arithmetic);
            }
        };
        generator.init(new ECKeyGenerationParameters(domainParameters, crypto.getSecureRandom()));
        return generator.generateKeyPair();
    }

    static ECPoint product(ECPoint base, BigInteger factor, SharedArithmetic arithmetic) {
        return arithmetic.result(
                ECPoint.class,
                List.of("product", base, factor),
                () -> new FixedPointCombMultiplier().multiply(base, factor).normalize());
    }

    @Override
    public TlsAgreement createECDH() {
        return new BcTlsECDH(this) {
            @Override
            public TlsSecret calculateSecret() {
                ECDHBasicAgreement agreement = new ECDHBasicAgreement();
                agreement.init(localKeyPair.getPrivate());
                ECPoint own = ((ECPublicKeyParameters) localKeyPair.getPublic()).getQ();
                BigInteger secret = arithmetic.result(
                        BigInteger.class,
                        List.of("agreement", Set.copyOf(List.of(own, peerPublicKey.getQ()))),
                        () -> agreement.calculateAgreement(peerPublicKey));
                return new BcTlsSecret(crypto, BigIntegers.asUnsignedByteArray(agreement.getFieldSize(), secret));
            }
        };
    }
}
